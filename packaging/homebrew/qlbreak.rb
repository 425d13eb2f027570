# Written by hand, but for the lines that packaging/recipes.py takes from pyproject.toml.
class Qlbreak < Formula
  include Language::Python::Virtualenv

  desc "Break reminder for people with a sore lower back"
  homepage "https://not-published.invalid/qlbreak"
  url "https://not-published.invalid/qlbreak/releases/download/v0.1.0/qlbreak-0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license :cannot_represent

  depends_on "pillow"
  depends_on "pyside"
  depends_on "python@3.14"

  # Open: what it needs besides, each with its address and hash, is written here by
  #   brew update-python-resources qlbreak

  def install
    virtualenv_install_with_resources
  end

  # It is a program of the person's session: `qlbreak autostart on` has it start with that, by a launch agent of
  # its own, so there is no service here.
  def caveats
    <<~EOS
      Nobody has yet run this on a Mac: see docs/packages.md in the sources.
      Start it: qlbreak
      Before you uninstall it: qlbreak autostart off
    EOS
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/qlbreak --version")
    assert_match "done", shell_output("#{bin}/qlbreak demo --fast")
  end
end

# Name, version, summary and what it needs are read from pyproject.toml and qlbreak/__init__.py.
#
#   nix run "path:.?dir=packaging/nix"        from the folder of qlbreak
#
# Open: flake.lock, which only a machine that reaches nixpkgs can write, and meta.license.
{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      root = ../..;
      pyproject = builtins.fromTOML (builtins.readFile (root + "/pyproject.toml"));
      inherit (pyproject) project;
      version = builtins.head (
        builtins.match ".*__version__ = \"([^\"]+)\".*" (builtins.readFile (root + "/qlbreak/__init__.py"))
      );

      # "python-xlib>=0.33; sys_platform == 'linux'" as its name and the system that it is for, or null.
      requirement =
        line:
        let
          parts = builtins.match "([A-Za-z0-9._-]+)[^;]*(;[^']*'([a-z0-9]+)'.*)?" line;
        in
        {
          name = builtins.elemAt parts 0;
          system = builtins.elemAt parts 2;
        };

      # Where nixpkgs has another name for it.
      renamed = {
        pyside6-essentials = "pyside6";
        python-xlib = "xlib";
      };

      # Only systems of Linux are built for.
      packagesOf =
        python: lines:
        map (needed: python.${renamed.${needed.name} or needed.name}) (
          builtins.filter (needed: needed.system == null || needed.system == "linux") (
            map requirement lines
          )
        );

      systems = [
        "x86_64-linux"
        "aarch64-linux"
      ];
      each = build: nixpkgs.lib.genAttrs systems (system: build nixpkgs.legacyPackages.${system});
    in
    {
      packages = each (
        pkgs:
        let
          python = pkgs.python3Packages;
          qlbreak = python.buildPythonApplication {
            pname = project.name;
            inherit version;
            pyproject = true;
            src = root;
            build-system = packagesOf python pyproject.build-system.requires;
            dependencies = packagesOf python project.dependencies;
            # PySide6 there is whole, and nixpkgs knows it by that name alone.
            pythonRemoveDeps = [ "pyside6-essentials" ];
            nativeBuildInputs = [ pkgs.qt6.wrapQtAppsHook ];
            buildInputs = [ pkgs.qt6.qtbase ];
            dontWrapQtApps = true;
            preFixup = ''
              makeWrapperArgs+=("''${qtWrapperArgs[@]}")
            '';
            pythonImportsCheck = [ "qlbreak.app.app" ];
            meta = {
              inherit (project) description;
              mainProgram = project.name;
            };
          };
        in
        {
          inherit qlbreak;
          default = qlbreak;
        }
      );

      apps = nixpkgs.lib.mapAttrs (system: built: {
        default = {
          type = "app";
          program = "${built.qlbreak}/bin/qlbreak";
        };
      }) self.packages;
    };
}

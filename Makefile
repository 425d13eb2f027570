# make run   sets everything up and starts qlbreak; options: make run ARGS="run --speed 60"
# make test  sets up what the tests need, then lint, types and all tests, with fewer made-up examples than .ci/run
# make stock   a stranger's account on a stock Debian, by debootstrap, from the README to the day after; needs root
# make anew   what is made from the code: settings, commands, cautions, formats, catalogues, windows in words, golden
# make test-windows   the tests on a Windows Python under Wine, most of an hour; tests/windows/README.md
# make packages   what people install, into dist/; one of them: make wheel, make sdist, make deb, make windows
# make test-deb   installs the .deb on a stock Debian, as make stock does: to a reminder and back; needs root
# make test-wheel   installs the wheel by pip, pipx and uv, with each Python from 3.11 on that is here
# make release   all packages from a clean tree, their recipes and hashes, and what is left for a person
# make test-upgrade   this version beside older ones of this repository, both ways; some minutes
# make campaign   faults of all kinds at the real program, an hour; one part: make campaign ARGS="kills --rounds 50"

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= $(shell expr 3 \* "$$(getconf _NPROCESSORS_ONLN)")
SOURCES := $(shell find qlbreak icons -type f -not -name '*.pyc') pyproject.toml hatch_build.py config.example.toml

# The tests start Python by the hundred, which is to read them only once.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_QUIET := 1

.PHONY: run test lint types tests anew test-windows test-upgrade campaign stock desktop wine packages wheel sdist deb windows test-deb test-wheel recipes release pictures icons clean

run: .venv/installed
	@$(BIN)/qlbreak $(ARGS)

test: desktop .venv/tested-with
	@$(MAKE) --no-print-directory lint types tests

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# Also as on the systems that the tests do not run on. What it knows of one is of no use for another.
types: .venv/elsewhere/made
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 qlbreak
	$(BIN)/mypy --platform darwin --cache-dir .mypy_cache/darwin qlbreak

# Against the installed package, not the source tree. Side by side, and more of them than there are
# processors: a test with a desktop of its own waits for most of its time.
tests:
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

# In English, whatever is spoken here. Pictures are another matter: make pictures
anew: desktop .venv/tested-with
	@for one in reference cautions schema messages shown trees; do \
		LC_ALL=C.UTF-8 LANGUAGE= $(BIN)/python tests/$$one.py || exit; \
	done
	@git status --short

campaign: desktop .venv/tested-with
	@PYTHONPATH=tests $(BIN)/python -m campaign $(ARGS)

test-windows: wine .venv/tested-with
	@PYTHONPATH=tests $(BIN)/python -m windows $(if $(CACHE),--cache "$(CACHE)") $(ARGS)

test-upgrade: desktop .venv/tested-with
	@PYTHONPATH=tests $(BIN)/python -m upgrades $(ARGS)

stock: desktop .venv/tested-with
	@PYTHONPATH=tests $(BIN)/python -m stock $(ARGS)

.venv/ready:
	@sh tests/prepare venv "$(PYTHON)"
	@touch $@

.venv/installed: .venv/ready $(SOURCES)
	@echo "qlbreak: installing the program and what it needs into .venv" >&2
	@$(BIN)/pip install --upgrade ".[report]"
	@sh tests/prepare windows
	@touch $@

.venv/tested-with: .venv/ready $(SOURCES)
	@$(BIN)/pip install --upgrade ".[dev]"
	@touch $@ .venv/installed

recipes: .venv/tested-with
	@$(BIN)/python packaging/recipes.py
	@sh packaging/lint

release: .venv/released-with
	@$(BIN)/python packaging/release.py $(ARGS)

.venv/released-with: .venv/tested-with
	@$(BIN)/pip install --upgrade ".[dev,release]"
	@touch $@

.venv/elsewhere/made: .venv/ready pyproject.toml tests/elsewhere.py
	@$(BIN)/python tests/elsewhere.py

wine:
	@sh tests/prepare wine

desktop:
	@sh tests/prepare desktop

packages: .venv/tested-with
	@$(BIN)/python packaging/build.py

wheel sdist deb windows: .venv/tested-with
	@$(BIN)/python packaging/build.py $@

test-deb: deb .venv/tested-with
	@PYTHONPATH=tests $(BIN)/python -m stock --deb $$(echo dist/qlbreak_*.deb) $(ARGS)

test-wheel: wheel sdist .venv/released-with
	@$(BIN)/twine check --strict dist/*.whl dist/*.tar.gz
	@$(BIN)/python packaging/installs.py dist/*.whl $(ARGS)

pictures: desktop .venv/tested-with
	$(BIN)/python docs/make_icon_sheet.py
	$(BIN)/python docs/make_figure_sheet.py
	$(BIN)/python docs/make_film_strips.py
	$(BIN)/python docs/make_animation.py
	$(BIN)/python docs/make_pictures.py
	$(BIN)/python docs/make_guide_pictures.py
	$(BIN)/python docs/make_set_up_pictures.py
	$(BIN)/python docs/make_page_pictures.py
	$(BIN)/python docs/make_check_in_pictures.py

icons: .venv/installed
	$(BIN)/python -m qlbreak.tray.icon icons

clean:
	rm -rf .venv build dist test-failures .mypy_cache .ruff_cache .pytest_cache .hypothesis

# luntan: every target runs in the private environment .venv, which make builds by itself from
# python3 >= 3.11. No root is needed, and set-up writes nothing outside this folder.
# The same by hand: python3 -m venv .venv
#                   .venv/bin/pip install --require-hashes -r requirements.lock
#                   .venv/bin/pip install --no-deps --no-build-isolation -e .

PYTHON ?= python3
UV_VERSION := 0.13.9
PY := .venv/bin/python
STAMP := .venv/.stamp
LOG := .venv/setup.log
CACHE := $(CURDIR)/.venv/cache

# Only our own interpreter, kernel and settings are used, whatever the user's account holds.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV
export PIP_USER := 0
export UV_CACHE_DIR ?= $(CACHE)/uv
# Where the machine keeps certificates, uv trusts them as pip does: an office proxy may need it.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem),)
export UV_SYSTEM_CERTS ?= 1
endif
export MPLCONFIGDIR := $(CACHE)/matplotlib
export IPYTHONDIR := $(CACHE)/ipython
export JUPYTER_PLATFORM_DIRS := 1
export JUPYTER_PATH := $(CURDIR)/.venv/share/jupyter
export JUPYTER_CONFIG_DIR := $(CACHE)/jupyter/config
export JUPYTER_DATA_DIR := $(CACHE)/jupyter/data
export JUPYTER_RUNTIME_DIR := $(CACHE)/jupyter/runtime
export RUFF_CACHE_DIR := $(CACHE)/ruff
export MYPY_CACHE_DIR := $(CACHE)/mypy
export LUNTAN_CACHE := $(CACHE)/luntan

.PHONY: help install lab notebooks report pdf test browser score bench lock clean
.DELETE_ON_ERROR:

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

install: $(STAMP) ## set up .venv from requirements.lock (the other targets do so themselves)

lab: $(STAMP) ## open the notebooks in JupyterLab, on this machine only (ARGS: further options)
	$(PY) -m jupyterlab --ServerApp.ip=127.0.0.1 --ServerApp.root_dir="$(CURDIR)" \
	  --LabApp.default_url=/lab/tree/notebooks/README.md --LabApp.news_url=None --LabApp.extension_manager=readonly \
	  --LanguageServerManager.autodetect=False \
	  --LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate \
	  $(if $(filter 0,$(shell id -u)),--allow-root) $(ARGS)

notebooks: $(STAMP) ## execute the notebooks in place
	$(PY) -m luntan.site notebooks

report: $(STAMP) ## build the HTML report in site/ (REPORTS=folder: of your own files; LEXICON=file: your themes; OUT=folder)
	$(PY) -m luntan.site report $(if $(REPORTS),--reports "$(REPORTS)") $(if $(LEXICON),--lexicon "$(LEXICON)") \
	  --out "$(or $(OUT),site)"

pdf: report ## build the report and print it as one file, site/luntan.pdf (needs Chromium)
	$(PY) -m luntan.site pdf "$(or $(OUT),site)"

test: $(STAMP) ## check style and types, run the tests, compare the notebooks with their stored outputs
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest -o cache_dir=.venv/cache/pytest --nbval --doctest-modules src tests notebooks

browser: ## fetch what the tests in a browser need besides Chromium and node (make test skips them without)
	@command -v npm >/dev/null || $(call stop,no npm was found; on Debian and Ubuntu run: apt install chromium nodejs npm)
	npm ci --prefix tests/browser --cache "$(CACHE)/npm"

score: $(STAMP) ## score speakers, quantities and segmentation on the gold
	$(PY) benchmarks/score.py

bench: $(STAMP) ## time luntan beside the tools people use today
	$(PY) benchmarks/bench.py

lock: $(STAMP) ## refresh requirements.lock after a change of pyproject.toml (UPGRADE=1: newest versions)
	$(PY) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --group dev --no-emit-index-url \
	  --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) pyproject.toml -o requirements.lock

clean: ## remove the built report and all caches (rm -rf .venv to set up from nothing)
	rm -rf site dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -rf .venv/cache/pytest .venv/cache/mypy .venv/cache/ruff .venv/cache/jupyter
	find . -path ./.venv -prune -o \( -name __pycache__ -o -name .ipynb_checkpoints \) -exec rm -rf {} +

# ---- set-up -------------------------------------------------------------------------------------------

# The stamp is written last, so that a set-up which broke off is taken up again; it holds the folder's
# name, because an environment does not survive being copied or moved.
ifneq ($(shell cat $(STAMP) 2>/dev/null),$(CURDIR))
.PHONY: $(STAMP)
endif

stop = { echo "luntan: $(1)." >&2; exit 1; }
unreachable = grep -qiE 'dns error|error sending request|connection|unreachable|timed out|No matching distr' $(LOG)
not_installed = { $(unreachable) && \
  $(call stop,the package registry cannot be reached; check network and proxy then run make again (see $(LOG))); \
  $(call stop,$(1) could not be installed; see $(LOG)); }

$(STAMP): requirements.lock pyproject.toml
	@command -v "$(PYTHON)" >/dev/null || \
	  $(call stop,no $(PYTHON) was found; install Python 3.11 or newer or run make PYTHON=/path/to/python3)
	@found=$$("$(PYTHON)" -c 'import sys; print(sys.version.split()[0])' 2>/dev/null) || \
	  $(call stop,$(PYTHON) does not run; install Python 3.11 or newer or run make PYTHON=/path/to/python3); \
	"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  $(call stop,$(PYTHON) is Python $$found but luntan needs >= 3.11; run make PYTHON=/path/to/a/newer/python3)
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || \
	  $(call stop,$(PYTHON) lacks the venv module; on Debian and Ubuntu run: apt install python3-venv)
	@test "$$(cat $(STAMP) 2>/dev/null || pwd -P)" = "$(CURDIR)" || rm -rf .venv
	@rm -f $(STAMP)
	@echo "luntan: setting up .venv (about a minute, once)"
	@$(PY) -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear .venv || \
	  $(call stop,could not make .venv in this folder)
	@$(PY) -m pip install -q --disable-pip-version-check --no-cache-dir --retries 2 uv==$(UV_VERSION) >$(LOG) 2>&1 || \
	  $(call not_installed,uv $(UV_VERSION))
	@# jieba has no wheel: it is built with the locked setuptools, and all is compiled so that its old-style
	@# escapes warn here and never in a notebook. uv does not read the mirror that pip is set to: hand it on.
	@# What the cache holds needs no network, so a class that is set up can pull a change offline.
	@mirror=$${UV_DEFAULT_INDEX:-$$($(PY) -m pip config get global.index-url 2>/dev/null)}; \
	sync() { $(PY) -m uv pip sync --python $(PY) --require-hashes --build-constraints requirements.lock \
	  --compile-bytecode $${mirror:+--default-index "$$mirror"} "$$@" requirements.lock >$(LOG) 2>&1; }; \
	sync --offline || sync || $(call not_installed,requirements.lock)
	@$(PY) -m uv pip install --python $(PY) --offline --no-deps --no-build-isolation -e . >$(LOG) 2>&1 || \
	  $(call stop,luntan itself could not be installed; see $(LOG))
	@# JupyterLab asks at its first start whether to fetch news: answer no. It would open the README of the
	@# notebooks as source text: show it as a page. Then build matplotlib's font cache, which else announces
	@# itself in the first notebook.
	@mkdir -p .venv/share/jupyter/lab/settings
	@echo '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false},' \
	  '"@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}}}' \
	  >.venv/share/jupyter/lab/settings/overrides.json
	@$(PY) -c 'import matplotlib.font_manager' >$(LOG) 2>&1 || $(call stop,matplotlib does not load; see $(LOG))
	@printf '%s' "$(CURDIR)" >$(STAMP)

"""A pytest plugin: each worker process writes its files (media, mail, cache) into a folder of its own."""

import os
from pathlib import Path

worker = os.environ.get("PYTEST_XDIST_WORKER", "single")
folder = Path(os.environ["HAMAYNK_VAR"])
if folder.name != worker:
    os.environ["HAMAYNK_VAR"] = str(folder / worker)

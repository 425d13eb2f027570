"""What is written is what is tested, wherever that is: by us, and by each process we start."""

import os

for _name in ("LANGUAGE", "LC_MESSAGES", "LANG"):
    os.environ.pop(_name, None)
os.environ["LC_ALL"] = "C.UTF-8"

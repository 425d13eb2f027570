"""The program as a user without any rights, for files and folders that must not be written."""


def as_nobody(*modules: str, reads: str = "qlbreak.data.load()") -> str:
    """What Python is to run with `-c`: the words after it go to the program.

    *modules* are loaded first, and *reads* is done: the interpreter itself, and what the program
    brings, may be out of reach for that user.
    """
    return f"""
import os, sys
import encodings.utf_8_sig
import {", ".join(modules)}, qlbreak.data
from qlbreak.__main__ import main
{reads}
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
main()
"""

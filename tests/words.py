"""Words that promise too much, in all their forms: nowhere in what people are shown."""

import re

AVOIDED = re.compile(
    r"\b(treat(s|ed|ing|ments?)?|cur(e|es|ed|ing|able)|heal(s|ed|ing|er)?|therap\w*|prevent\w*"
    r"|rehab\w*|dysfunction\w*|imbalanc\w*|adhesions?|misalign\w*)\b",
    re.IGNORECASE,
)

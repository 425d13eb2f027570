"""The record on the disk: a folder of JSON lines, written, read, cared for."""

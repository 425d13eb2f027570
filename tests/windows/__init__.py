"""qlbreak on a Windows Python under Wine: the rooms' tests, the program end to end. Run by
`make test-windows`."""

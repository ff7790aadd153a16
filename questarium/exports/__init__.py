"""Files for other programs: each format is one module, fed with rows one after the other, in constant memory."""

"""Files for other programs: each kind is one module, fed with rows one after the other, in constant memory."""

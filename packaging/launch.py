"""The entry of the frozen program. A child process of a bundle starts here as well."""

import sys
from multiprocessing import freeze_support

from app.__main__ import main

if __name__ == "__main__":
    freeze_support()
    sys.exit(main())

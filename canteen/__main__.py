"""`python -m canteen` is the `canteen` command."""

from canteen.cli import main

main()

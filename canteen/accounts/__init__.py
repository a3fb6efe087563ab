"""People, roles, sign-in, devices, keys and the trail."""

"""The schema through time, a folder an app; `python -m migrations.new` writes one."""

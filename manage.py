import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "werkplaats.settings")
    if sys.argv[1:2] in (["demo"], ["loadrehearsal"]):  # they bring their own environment, which the settings read
        from werkplaats.laptop.environment import prepare_environment

        prepare_environment()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)

"""For all tests of the program: how long an input takes to make, or a test to run, says nothing on a busy machine."""

from hypothesis import HealthCheck, settings

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

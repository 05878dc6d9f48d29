"""What holds for every test: how hypothesis draws its examples."""

import os

from hypothesis import HealthCheck, settings

# A red check must be about the change at hand, so CI draws the same examples each time; anywhere
# else they are drawn anew, and what they find becomes a test in `tests/issues`. No example has a
# deadline: the machine is shared, and each test as a whole has one.
settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("house")

"""Times as people write them: 19.30, where Django's Dutch says 19:30."""

TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j F Y H.i"
SHORT_DATETIME_FORMAT = "j-n-Y H.i"

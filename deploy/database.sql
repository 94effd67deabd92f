-- What fails is logged without what somebody typed: no statement, and no row that was refused. Of the role, so that it
-- also holds for a database that is made anew.
ALTER ROLE werkplaats SET log_min_error_statement = panic;
ALTER ROLE werkplaats SET log_error_verbosity = terse;
ALTER ROLE werkplaats SET log_parameter_max_length_on_error = 0;

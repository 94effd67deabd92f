"""Tells how many queries an answer took, when asked."""

from django.db import connection


def count_queries(get_response):
    """Adds X-Queries to the answer of a request with X-Count-Queries; costs the others nothing."""

    def middleware(request):
        if "X-Count-Queries" not in request.headers:
            return get_response(request)
        queries = []

        def count(execute, sql, params, many, context):
            queries.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            response = get_response(request)
        response.headers["X-Queries"] = str(len(queries))
        return response

    return middleware

"""From where somebody asks, for counting how often: one line at home has one IPv4 address, or a whole /64 of IPv6."""

from ipaddress import IPv6Address, ip_address, ip_network

OF_ONE_LINE = 64  # leading bits of an IPv6 address that all devices of one line share


def asker(forwarded: str, direct: str) -> str:
    """Who asks, as the proxy tells it (deploy/nginx.conf sets the header anew); without one who asks directly."""
    return network_of((forwarded or direct).rpartition(",")[2].strip())


def network_of(address: str) -> str:
    """What an address counts as; what is no address counts as it is written."""
    try:
        told = ip_address(address)
    except ValueError:
        return address
    if not isinstance(told, IPv6Address):
        return str(told)
    if told.ipv4_mapped:
        return str(told.ipv4_mapped)
    return str(ip_network((int(told), OF_ONE_LINE), strict=False))

-- What changed of policies in a window, whatever kind they are of: kinds that are named with their group, and Istio's two that are not.
create index on inventory_object (valid_from)
where kind like '%.%' or kind in ('PeerAuthentication', 'DestinationRule');

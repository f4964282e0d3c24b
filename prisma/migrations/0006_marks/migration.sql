-- What changed in a window: few rows of the inventory are of these kinds, most are pods and their slices.
create index on inventory_object (valid_from)
where kind in ('Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'ReplicaSet', 'NetworkPolicy', 'Service', 'Node');

-- Each end of a container that was started again, as its kubelet dates it. Apart from the pod's versions: small rows, and a crash loop makes no new version of the pod.
create table container_restart (
  cluster text not null,
  pod_uid text not null,
  container text not null,
  at timestamptz not null,
  namespace text not null,
  pod text not null,
  workload_kind text not null,
  workload text not null,
  count integer not null,
  reason text not null,
  exit_code integer,
  primary key (cluster, pod_uid, container, at)
);
create index on container_restart (at);

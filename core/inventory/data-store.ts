/** Well-known ports of databases, caches, queues and search indexes. */
const ports: ReadonlySet<number> = new Set([
  1433, 1521, 2379, 3306, 4222, 5432, 5672, 6379, 6380, 7000, 7687, 8086, 8123, 9042, 9092, 9200, 9300, 11211, 26257,
  27017, 28015,
])

const names =
  /(^|[-_.])(postgres(ql)?|pg|mysql|mariadb|mssql|oracle|cockroach(db)?|redis|valkey|memcached?|mongo(db)?|cassandra|scylla(db)?|kafka|redpanda|rabbitmq|nats|pulsar|elastic(search)?|opensearch|clickhouse|influxdb?|neo4j|etcd|minio|db|database)([-_.]?\d+)?$/

/** Does this port belong to a data store? */
export const isDataStorePort = (port: number): boolean => ports.has(port)

/** Is this the name or kind of a data store? Only the last word counts, so that `redis-exporter` is none. */
export const isDataStoreName = (kind: string, name: string): boolean =>
  names.test(name.toLowerCase()) ||
  /^(redis|postgresql|mysql|mongodb|kafka|cassandra|elasticsearch|clickhouse)/i.test(kind)

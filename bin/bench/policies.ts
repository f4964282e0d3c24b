import { floorTo, tierMs } from '@/core/time'
import { everything } from '@/core/scope'
import { ask } from '@/server/ask'
import { ownDatabase } from '@/server/database'
import { bucketTable, ensurePartitions } from '@/server/db/partitions'
import type { Pool } from '@/server/db/pool'
import { readEdgeSightings } from '@/server/db/buckets/read-edge-sightings'
import { writeRollupState } from '@/server/db/buckets/write-rollup-state'
import { parseParams } from '@/server/params'
import type { AnyView } from '@/server/view'
import { policiesView } from '@/server/views/policies'
import { policyDecisionView } from '@/server/views/policy-decision'
import { policyGroundView } from '@/server/views/policy-ground'
import { policyObjectView } from '@/server/views/policy-object'
import type { Bench, Measure } from './bench'
import { knob, quantile, withBenchDatabase } from './fixtures/database'
import { fillInstallation } from './fixtures/installation'

const workloads = knob('ORIEL_BENCH_WORKLOADS', 2_000)
const edges = knob('ORIEL_BENCH_EDGES', 10_000)
const runs = knob('ORIEL_BENCH_RUNS', 5)
const day = tierMs['1d']

/** What is kept of answers, and what they stand on. */
const kept = ['answers', 'policy-grounds', 'policy-inventories', 'policy-traffic', 'worlds', 'inventories']

/** What pages ask about policies, from the question to the bytes of the answer. */
export const bench: Bench = {
  name: 'policies',
  title: `Questions about policies, ${workloads.toLocaleString('en-US')} workloads, as many policies, ${edges.toLocaleString('en-US')} edges`,
  run: () =>
    withBenchDatabase(async (pool, url) => {
      process.env.ORIEL_DATABASE_URL = url
      const now = floorTo(Date.now(), 10_000)
      await fillInstallation(pool, { workloads, edges, now })
      await fillPolicies(pool, now)
      await fillMonth(pool, now)
      const month = { from: now - 30 * day, to: now }
      const rows = await median(() => readEdgeSightings(pool, month))
      const measures: Measure[] = []
      const measure = async (
        what: string,
        view: AnyView,
        query: string,
        forgotten: readonly string[],
        most?: number,
      ) => {
        const value = await median(() => {
          for (const name of forgotten) Reflect.deleteProperty(globalThis, Symbol.for(`oriel.${name}`))
          return view.open((own) => ask(own, parseParams(own.params, new URLSearchParams(query)), everything))
        })
        measures.push({
          what: `${what}, median`,
          value,
          unit: 'ms',
          baseline: { what: 'the edges of 30 days from SQL', value: rows },
          ...(most && { bar: { text: `≤ ${most} ms`, met: value <= most } }),
        })
      }
      const range = (length: number) => `from=${now - length}&to=${now}`
      await measure('the ground of 15 minutes, nothing kept', policyGroundView, range(900_000), kept)
      await measure('the ground of 30 days, nothing kept', policyGroundView, range(30 * day), kept)
      await measure('the list of 15 minutes, nothing kept', policiesView, range(900_000), kept)
      await measure('the list of 30 days, nothing kept', policiesView, range(30 * day), kept)
      await measure('the list of 30 days, its ground kept', policiesView, range(30 * day), ['answers'])
      const object = `${range(30 * day)}&ref=networking.k8s.io/NetworkPolicy/team-0/policy-0`
      await measure('one policy, its ground kept', policyObjectView, object, ['answers'])
      const node = `${range(900_000)}&sel=production/team-0/Deployment/workload-0`
      await measure('decisions of a workload, nothing kept', policyDecisionView, node, kept)
      await ownDatabase().end()
      return measures
    }),
}

/** A policy for each workload, that lets in its own namespace and what two others' labels pick. */
async function fillPolicies(pool: Pool, now: number): Promise<void> {
  await pool.query(
    `insert into inventory_object select 'production', 'NetworkPolicy', 'policy-' || w, 'team-' || w / 25, 'policy-' || w, to_timestamp($1::float8 / 1000), null,
jsonb_build_object('kind', 'NetworkPolicy', 'uid', 'policy-' || w, 'namespace', 'team-' || w / 25, 'name', 'policy-' || w, 'createdAt', $1::float8, 'labels', '{}'::jsonb,
  'annotations', '{}'::jsonb, 'owner', null, 'spec', jsonb_build_object('podSelector', jsonb_build_object('matchLabels', jsonb_build_object('app', 'workload-' || w)),
  'policyTypes', '["Ingress"]'::jsonb, 'ingress', jsonb_build_array(
    jsonb_build_object('from', '[{"podSelector": {}}]'::jsonb),
    jsonb_build_object('from', jsonb_build_array(jsonb_build_object('namespaceSelector', '{}'::jsonb, 'podSelector', jsonb_build_object('matchLabels', jsonb_build_object('app', 'workload-' || (w * 7) % ${workloads}))))))))
from generate_series(0, ${workloads - 1}) w`,
    [now - 20 * day],
  )
}

/** What the hour before now counted, on each of thirty days before today. */
async function fillMonth(pool: Pool, now: number): Promise<void> {
  const today = floorTo(now, day)
  const starts = Array.from({ length: 30 }, (_, n) => today - (30 - n) * day)
  await ensurePartitions(pool, bucketTable('1d'), starts)
  await pool.query(
    `insert into ${bucketTable('1d')} (edge_id, facet_id, bucket, flows, requests, responses)
select edge_id, facet_id, to_timestamp(t / 1000.0), 24 * flows, 24 * requests, 24 * responses
from unnest($1::float8[]) t, (select distinct on (edge_id, facet_id) * from ${bucketTable('1h')}) h order by t, edge_id`,
    [starts],
  )
  await writeRollupState(pool, '1d', today, null)
  await writeRollupState(pool, '6h', today, null)
  await pool.query(`vacuum analyze ${bucketTable('1d')}`)
  await pool.query('vacuum analyze inventory_object')
}

async function median(work: () => Promise<unknown>): Promise<number> {
  await work()
  const all: number[] = []
  for (let i = 0; i < runs; i++) {
    const began = performance.now()
    await work()
    all.push(performance.now() - began)
  }
  return quantile(all, 0.5)
}

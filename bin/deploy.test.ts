import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { collectorRegistry } from '@/collectors/measures'
import { configSchema } from '@/server/env'
import { reachProblems } from '@/server/reach'
import { watchedKinds } from '@/server/kubernetes/kinds'

const rule = z.object({
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  resourceNames: z.array(z.string()).optional(),
  verbs: z.array(z.string()),
})
const manifests = parseAllDocuments(readFileSync('deploy/kubernetes.yaml', 'utf8')).map(
  (document) => document.toJS() as { kind: string },
)
const rulesOf = (role: string) =>
  z.object({ rules: z.array(rule) }).parse(manifests.find(({ kind }) => kind === role)).rules
const rules = rulesOf('ClusterRole')
const wholeKinds = watchedKinds.filter(({ resources }) => !resources[0].only)

describe('the shipped ClusterRole', () => {
  it.each(wholeKinds.flatMap(({ kind, resources }) => resources.map((resource) => ({ kind, ...resource }))))(
    'lets the collector list and watch every $kind of $group/$version',
    ({ group, plural }) => {
      const found = rules.find(({ apiGroups, resources }) => apiGroups.includes(group) && resources.includes(plural))
      expect(found?.verbs).toEqual(['list', 'watch'])
    },
  )

  it('lets it read nothing else', () => {
    const watched = new Set(wholeKinds.map(({ resources }) => resources[0].plural))
    // Calico's names for policies of any tier.
    const isWatched = (name: string) => watched.has(name.replace(/^tier\./, ''))
    const others = rules.filter(({ resources }) => !resources.every(isWatched))
    expect(rules.filter(({ verbs }) => !['list,watch', 'get'].includes(verbs.join()))).toEqual([])
    expect(others).toEqual([
      {
        apiGroups: [''],
        resources: ['configmaps'],
        resourceNames: ['istio-ca-root-cert', 'linkerd-identity-trust-roots'],
        verbs: ['get'],
      },
    ])
  })

  it('has beside it a Role for the one ConfigMap that is listed and watched', () => {
    const [only, ...more] = watchedKinds.flatMap(({ resources }) =>
      resources.flatMap((resource) => resource.only ?? []),
    )
    expect(more).toEqual([])
    expect(manifests.find(({ kind }) => kind === 'Role')).toMatchObject({ metadata: { namespace: only?.namespace } })
    expect(rulesOf('Role')).toEqual([
      { apiGroups: [''], resources: ['configmaps'], resourceNames: [only?.name], verbs: ['list', 'watch'] },
    ])
  })
})

it('the alert rules of the collector ask for metrics that it has', async () => {
  const ruleFile = z.object({
    groups: z.array(z.object({ name: z.string(), rules: z.array(z.object({ expr: z.string() })) })),
  })
  const { groups } = ruleFile.parse(parse(readFileSync('deploy/alerts.yaml', 'utf8')))
  const asked = groups
    .filter(({ name }) => name === 'oriel-collector')
    .flatMap(({ rules }) => rules.flatMap(({ expr }) => expr.match(/oriel_[a-z_]+/g) ?? []))
  const names = (await collectorRegistry.getMetricsAsJSON()).map(({ name }) => name)
  expect(asked.length).toBeGreaterThan(1)
  for (const name of asked) expect(names).toContain(name)
})

it('the shipped configuration of the web is one that starts, and holds no secret itself', () => {
  const map = z
    .object({ data: z.object({ 'oriel.yaml': z.string() }) })
    .parse(manifests.find(({ kind }) => kind === 'ConfigMap'))
  const config = configSchema.parse(parse(map.data['oriel.yaml']))
  expect(config.web).toMatchObject({ host: '0.0.0.0', url: 'http://localhost:3000' })
  expect(config.auth.secretFile).toMatch(/^\/etc\/oriel\/auth\//)
  expect(config.auth.adminPasswordFile).toMatch(/^\/etc\/oriel\/auth\//)
  expect(config.auth.secret).toBeUndefined()
  expect(reachProblems(config)).toEqual([])
})

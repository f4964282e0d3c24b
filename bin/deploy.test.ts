import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
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
const role = z.object({ rules: z.array(rule) }).parse(manifests.find(({ kind }) => kind === 'ClusterRole'))

describe('the shipped ClusterRole', () => {
  it.each(watchedKinds.map(({ kind, resources }) => ({ kind, ...resources[0] })))(
    'lets the collector list and watch every $kind',
    ({ group, plural }) => {
      const found = role.rules.find(
        ({ apiGroups, resources }) => apiGroups.includes(group) && resources.includes(plural),
      )
      expect(found?.verbs).toEqual(['list', 'watch'])
    },
  )

  it('lets it read nothing else', () => {
    const watched = new Set(watchedKinds.map(({ resources }) => resources[0].plural))
    const others = role.rules.filter(({ resources }) => resources.some((plural) => !watched.has(plural)))
    expect(others).toEqual([
      {
        apiGroups: [''],
        resources: ['configmaps'],
        resourceNames: ['istio-ca-root-cert', 'linkerd-identity-trust-roots'],
        verbs: ['get'],
      },
    ])
  })
})

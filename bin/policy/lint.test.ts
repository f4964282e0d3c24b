import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lintCommand } from './lint'
import { folderOf, run, shop } from './testing'

const policy = (name: string, spec: object) =>
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'shop' },
    spec,
  })
const lint = (files: Record<string, string>, how: { strict?: boolean; output?: 'txt' | 'json' } = {}) => {
  const folder = folderOf({ ...shop, ...files })
  return run((terminal) => lintCommand({ file: [folder], output: 'txt', ...how }, terminal)).then((found) => ({
    ...found,
    folder,
  }))
}
const none = {
  'none.json': policy('none', { podSelector: { matchLabels: { app: 'nobody' } }, policyTypes: ['Ingress'] }),
}
const ignored = {
  'types.json': policy('types', {
    podSelector: { matchLabels: { app: 'db' } },
    policyTypes: ['Ingress'],
    egress: [{ to: [{ podSelector: {} }] }],
  }),
}

test('findings are told by object with file, path and what to do, and warnings fail only when that is asked for', async () => {
  const found = await lint(none)
  expect(found.code).toBe(0)
  expect(found.out).toMatch(
    /^NetworkPolicy shop\/none \(\S+none\.json, document 1\)\n {2}warning {2}selects-nothing\n {11}\S.*\n {11}\S.*\n\n1 warning\n$/,
  )
  expect((await lint(none, { strict: true })).code).toBe(1)
})

test('as JSON each finding has its object and place', async () => {
  const { out, folder } = await lint({ ...none, ...ignored }, { output: 'json' })
  const findings: { rule: string }[] = JSON.parse(out)
  expect(findings).toContainEqual({
    severity: 'warning',
    rule: 'selects-nothing',
    policy: 'NetworkPolicy shop/none',
    path: null,
    message: expect.any(String),
    remedy: expect.any(String),
    file: join(folder, 'none.json'),
    document: 1,
  })
})

test('an error ends with 1, and nothing found is said', async () => {
  const severities = async (found: Promise<{ out: string; code: number | null }>) => {
    const { out, code } = await found
    return [JSON.parse(out).some(({ severity }: { severity: string }) => severity === 'error'), code]
  }
  expect(await severities(lint(ignored, { output: 'json' }))).toEqual([true, 1])
  expect(await severities(lint({}, { output: 'json' }))).toEqual([false, 0])
  expect((await lint({})).out).toBe('Nothing was found.\n')
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { hasKubernetes, loadKubernetes } from './client'

const folder = mkdtempSync(join(tmpdir(), 'oriel-client-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const config = (name: string, server: string) =>
  JSON.stringify({
    'current-context': name,
    clusters: [{ name: `${name}-cluster`, cluster: { server } }],
    contexts: [
      { name, context: { cluster: `${name}-cluster`, user: 'u' } },
      { name: `${name}-broken`, context: { cluster: 'nowhere', user: 'u' } },
    ],
    users: [{ name: `${name}-u`, user: { token: 't0p-secret' } }],
  })
const east = file('east', config('east', 'https://10.0.0.1:6443/'))
const west = file('west', config('west', 'https://10.0.0.2:6443'))
const plain = file('plain', config('plain', 'http://10.0.0.3:8080'))
const local = file('local', config('local', 'http://127.0.0.1:8001'))
const nowhere = { HOME: folder }

describe('loadKubernetes', () => {
  it.each([
    [
      'the named file before KUBECONFIG',
      { kubeconfig: west },
      { KUBECONFIG: east },
      ['west-cluster', 'https://10.0.0.2:6443'],
    ],
    ['KUBECONFIG', {}, { KUBECONFIG: east }, ['east-cluster', 'https://10.0.0.1:6443']],
    [
      'the first context of several files',
      {},
      { KUBECONFIG: `${east}:${west}` },
      ['east-cluster', 'https://10.0.0.1:6443'],
    ],
    [
      'another context of several files',
      { context: 'west' },
      { KUBECONFIG: `${east}:${west}` },
      ['west-cluster', 'https://10.0.0.2:6443'],
    ],
    ['the name that is given', { cluster: 'prod' }, { KUBECONFIG: east }, ['prod', 'https://10.0.0.1:6443']],
    ['plain HTTP on this machine', { kubeconfig: local }, {}, ['local-cluster', 'http://127.0.0.1:8001']],
  ])('takes %s', (_, options, variables, expected) => {
    const { cluster, server } = loadKubernetes(options, { ...nowhere, ...variables })
    expect([cluster, server]).toEqual(expected)
  })

  it.each([
    ['nothing to read', {}, /Pass --kubeconfig FILE, set KUBECONFIG/],
    ['a file that is not there', { kubeconfig: '/none' }, /no such file. Pass a readable one/],
    ['a file that is no kubeconfig', { kubeconfig: file('bad', '{[') }, /Cannot read the kubeconfig .*bad/],
    [
      'an unknown context',
      { kubeconfig: east, context: 'moon' },
      /no context "moon". It has: east, east-broken. Choose one/,
    ],
    ['no current context', { kubeconfig: file('empty', '{}') }, /no current context. It has no contexts/],
    ['a context without a cluster', { kubeconfig: east, context: 'east-broken' }, /names the cluster "nowhere"/],
    ['plain HTTP to elsewhere', { kubeconfig: plain }, /plain HTTP.*Use https/],
    ['a server that is no URL', { kubeconfig: file('url', config('url', 'moon')) }, /not a URL/],
  ])('says what to do about %s', (_, options, message) => {
    const load = () => loadKubernetes(options, nowhere)
    expect(load).toThrow(message)
    expect(load).not.toThrow('t0p-secret')
  })

  it('knows whether there is a cluster to read', () => {
    expect(hasKubernetes({}, nowhere)).toBe(false)
    expect(hasKubernetes({}, { ...nowhere, KUBECONFIG: east })).toBe(true)
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { linkerd } from './linkerd'
import { readAll, sampleOf } from './test-samples'

const shared = join(process.env.ORIEL_SHARED ?? '../shared', 'data/linkerd/proxy-metrics-real-lines.prom')

describe.skipIf(!existsSync(shared))('real lines (skipped: no ../shared/data/linkerd)', () => {
  const samples = () =>
    readFileSync(shared, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, metric, text, value] = /^(\w+)\{(.*)\} (\d+)$/.exec(line) ?? []
        if (metric === undefined || text === undefined) return []
        const labels = Object.fromEntries(
          [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, own]) => [name ?? '', own ?? '']),
        )
        return [sampleOf(metric, labels, Number(value))]
      })

  it('all have the expected meaning', () => {
    const read = readAll(linkerd, samples(), [], { namespace: 'ns', pod: 'self' })
    const server = (version: string) => ({
      namespace: 'playground',
      workload: { kind: 'Deployment', name: `playground-server-http-${version}` },
      service: { namespace: 'playground', name: 'playground-server-http' },
    })
    const self = { namespace: 'ns', pod: 'self' }
    const account = (namespace: string, name: string) => ({ namespace, workload: { kind: 'Workload', name } })
    const nobody = { reserved: 'unknown' }
    const plain = { encryption: 'plaintext', reason: 'no_tls_from_remote' }
    const common = { verdict: 'allowed', protocol: 'tcp', family: 'linkerd' }
    const expected = [
      {
        type: 'request',
        reporter: 'source',
        from: self,
        to: server('primary'),
        port: 8080,
        responses: 65,
        serverErrors: 65,
        encryption: 'mtls',
        reason: '',
      },
      {
        type: 'request',
        reporter: 'source',
        from: self,
        to: server('canary'),
        port: 8080,
        responses: 7,
        serverErrors: 7,
        encryption: 'mtls',
        reason: '',
      },
      {
        type: 'request',
        reporter: 'destination',
        from: nobody,
        to: self,
        port: 4191,
        responses: 1,
        serverErrors: 1,
        ...plain,
      },
      {
        type: 'request',
        reporter: 'destination',
        from: account('linkerd-viz', 'prometheus'),
        to: self,
        port: 8086,
        responses: 7,
        serverErrors: 0,
        encryption: 'mtls',
        reason: '',
      },
      {
        type: 'request',
        reporter: 'destination',
        from: nobody,
        to: self,
        port: 9990,
        responses: 6861,
        serverErrors: 0,
        ...plain,
      },
      { type: 'flow', reporter: 'destination', from: nobody, to: self, port: 0, flows: 44, ...plain },
      {
        type: 'flow',
        reporter: 'destination',
        from: account('linkerd', 'linkerd-prometheus'),
        to: self,
        port: 0,
        flows: 1,
        encryption: 'mtls',
        reason: '',
      },
    ]
    expect(samples()).toHaveLength(8)
    // The eighth is of the hop between an application and its own proxy.
    expect(read).toHaveLength(7)
    for (const [i, each] of expected.entries()) expect(read[i]).toMatchObject({ ...common, ...each })
  })
})

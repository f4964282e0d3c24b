import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from './env'

const file = (text: string) => {
  const path = join(mkdtempSync(join(tmpdir(), 'oriel-env-')), 'oriel.yaml')
  writeFileSync(path, text)
  return path
}

describe('readConfig', () => {
  it('has a default for every setting', () => {
    const config = readConfig({}, '/srv')
    expect(config.web).toEqual({ host: '127.0.0.1', port: 3000, hosts: [] })
    expect(config.stateDir).toBe('/srv/.oriel')
    expect(config.retention['1h']).toBe(400 * 86_400_000)
  })

  it('lets the environment win over the file', () => {
    const config = readConfig({
      ORIEL_CONFIG: file('web: {port: 8080, hosts: [a.example]}\ncluster: prod'),
      PORT: '9000',
    })
    expect(config.web).toMatchObject({ port: 9000, hosts: ['a.example'] })
    expect(config.cluster).toBe('prod')
  })

  it('reads rules of health, and names what is wrong in one', () => {
    const rules = '[{namespace: "batch-*", kind: Job, p95: 30s, baseline: off}, {errors: 2%/10%, clientErrors: 20%}]'
    expect(readConfig({ ORIEL_CONFIG: file(`health: ${rules}`) }).health).toEqual([
      { namespace: 'batch-*', kind: 'Job', p95: 30_000, baseline: null },
      { errors: { degraded: 0.02, failing: 0.1 }, clientErrors: { degraded: 0.2, failing: 0.2 } },
    ])
    for (const bad of ['{p95: fast}', '{errors: 10%/2%}', '{baseline: 1}', '{speed: 3ms}'])
      expect(() => readConfig({ ORIEL_CONFIG: file(`health: [{name: a}, ${bad}]`) })).toThrow(/health\.1/)
  })

  it('adds the Hubble addresses of the environment to the sources of the file', () => {
    const config = readConfig({
      ORIEL_CONFIG: file('sources: [{type: hubble, address: "a:1"}]'),
      ORIEL_HUBBLE: 'b:2, c:3',
    })
    expect(config.sources.map((source) => source.address)).toEqual(['a:1', 'b:2', 'c:3'])
  })

  it('adds every kind of source that the environment names', () => {
    const config = readConfig({
      ORIEL_GOLDMANE: 'g:7443',
      ORIEL_PROMETHEUS: 'http://a:9090,http://b:9090/prometheus',
      ORIEL_ALS: '127.0.0.1:9001',
      ORIEL_OTLP: '127.0.0.1:4317, 127.0.0.1:4318',
    })
    expect(config.sources).toEqual([
      { type: 'goldmane', address: 'g:7443' },
      { type: 'prometheus', url: 'http://a:9090' },
      { type: 'prometheus', url: 'http://b:9090/prometheus' },
      { type: 'als', listen: '127.0.0.1:9001' },
      { type: 'otlp', grpc: '127.0.0.1:4317', http: '127.0.0.1:4318' },
    ])
    expect(readConfig({ ORIEL_OTLP: 'h:1' }).sources).toEqual([{ type: 'otlp', grpc: 'h:1', http: 'off' }])
  })

  it.each([
    ['web: {port: high}', /web\.port/],
    ['wbe: {}', /wbe/],
    ['retention: {flows: soon}', /90s, 30m, 6h or 14d/],
    ['retention: {audit: 1d}', /at least 7d/],
    ['- a list', /mapping of settings/],
    ['web: {port: [}', /not valid YAML/],
    ['database: {url: "mysql://x"}', /database\.url/],
    ['links: {maxAge: 0d}', /links\.maxAge: 0 is no time; write a duration such as 90d/],
    ['web: {url: "https://oriel.example/?a=b"}', /web\.url: write the address alone/],
    ['web: {url: oriel.example}', /problems:\n {2}web\.url: write an address such as https:\/\/oriel\.example\.org$/],
    [
      'web: {url: "ftp://oriel.example/x"}',
      /problems:\n {2}web\.url: write an address such as https:\/\/oriel\.example\.org$/,
    ],
    ['web: {url: "https://tools.example/oriel"}', /web\.url: Oriel cannot live below a path; write/],
    ['web: {url: "https://oriel.example/#map"}', /web\.url: write the address alone/],
    ['auth: {session: {idle: 60d}}', /auth\.session\.idle: is beyond auth\.session\.longest/],
  ])('refuses %s and names the problem', (text, message) => {
    expect(() => readConfig({ ORIEL_CONFIG: file(text) })).toThrow(message)
  })

  it('lists every problem at once', () => {
    expect(() => readConfig({ ORIEL_CONFIG: file('web: {port: high}\ndiscovery: perhaps') })).toThrow(
      /web\.port[^]*discovery/,
    )
  })

  it('says which file cannot be read', () => {
    expect(() => readConfig({ ORIEL_CONFIG: '/nowhere/oriel.yaml' })).toThrow('/nowhere/oriel.yaml')
  })
})

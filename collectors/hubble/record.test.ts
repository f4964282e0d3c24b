import { describe, expect, it } from 'vitest'
import { base, fieldsOf, http, pod, read, readOne } from './test-rules'

describe('record', () => {
  it('keeps every field, and no secret', () => {
    const headers = ['Authorization', 'Cookie', 'Set-Cookie', 'X-Api-Key', 'Proxy-Authorization'].map((key) => ({
      key,
      value: 'hunter2',
    }))
    const o = readOne({
      ...http('REQUEST', 0, {
        url: 'https://me:hunter2@b/x?id=1&access_token=hunter2&q=a',
        headers: [...headers, { key: 'Accept', value: '*/*' }],
      }),
      Summary: 'HTTP/1.1 GET https://me:hunter2@b/x?id=1&access_token=hunter2&q=a',
      uuid: 'u-1',
      cgroup_id: '18446744073709551615',
    })
    const text = JSON.stringify(o.record?.())
    expect(text).not.toContain('hunter2')
    expect(fieldsOf(o)).toMatchObject({
      uuid: 'u-1',
      cgroup_id: '18446744073709551615',
      'l7.http.url': 'https://b/x?id=1&access_token=[cut]&q=a',
      'time.ns': 754,
      'source.workloads': [{ kind: 'Deployment', name: 'a' }],
    })
    expect(fieldsOf(o)['l7.http.headers']).toContainEqual({ key: 'Accept', value: '*/*' })
  })

  it('flows of one connection share a shape', () => {
    const [one, two] = read(
      { ...base, uuid: '1' },
      { ...base, uuid: '2', l4: { TCP: { source_port: 41000, destination_port: 80, flags: { SYN: true } } } },
    )
    expect(one?.record?.().shape).toBe(two?.record?.().shape)
    expect(one?.record?.().detail).toBe('{"l4.TCP.source_port":40000,"time.ns":754,"uuid":"1"}')
  })

  it('control and bidi characters are stripped', () => {
    expect(readOne({ source: pod('a\u202e\u0007b') }).from.pod).toBe('ab-1')
  })
})

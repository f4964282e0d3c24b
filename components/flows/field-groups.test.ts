import { expect, it } from 'vitest'
import { groupFields } from './field-groups'

it('puts scalars first and one group for each object, flattened', () => {
  const fields = {
    uuid: 'x',
    is_reply: false,
    l4: { TCP: { flags: { SYN: true } } },
    source: { identity: 7, labels: ['a', 'b'] },
    empty: {},
  }
  expect(groupFields(fields)).toEqual([
    {
      name: 'record',
      fields: [
        { path: 'is_reply', value: 'false' },
        { path: 'uuid', value: 'x' },
      ],
    },
    { name: 'l4', fields: [{ path: 'TCP.flags.SYN', value: 'true' }] },
    {
      name: 'source',
      fields: [
        { path: 'identity', value: '7' },
        { path: 'labels', value: 'a\nb' },
      ],
    },
  ])
})

it('groups names that are written as paths by their beginning', () => {
  expect(groupFields({ 'IP.source': '10.0.0.1', 'IP.ipVersion': 'IPv4', Type: 'L7' })).toEqual([
    { name: 'record', fields: [{ path: 'Type', value: 'L7' }] },
    {
      name: 'IP',
      fields: [
        { path: 'ipVersion', value: 'IPv4' },
        { path: 'source', value: '10.0.0.1' },
      ],
    },
  ])
})

it('flattens lists of objects by their place', () => {
  expect(groupFields({ policies: [{ name: 'p' }] })).toEqual([
    { name: 'policies', fields: [{ path: '0.name', value: 'p' }] },
  ])
})

it('cuts what is too long', () => {
  expect(groupFields({ a: 'x'.repeat(5_000) })[0]?.fields[0]?.value).toHaveLength(2_001)
})

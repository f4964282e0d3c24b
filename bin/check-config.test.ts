import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readConfig } from '@/server/env'
import { checkConfig } from './check-config'

const dir = mkdtempSync(join(tmpdir(), 'oriel-config-'))
const kubeconfig = (name: string, text: string) => {
  writeFileSync(join(dir, name), text)
  return join(dir, name)
}

it.each<[string, Record<string, string>, RegExp]>([
  ['a kubeconfig that is not there', { ORIEL_KUBECONFIG: join(dir, 'none') }, /there is no such file.*--kubeconfig/],
  ['a folder', { ORIEL_KUBECONFIG: dir }, /Cannot read the kubeconfig/],
  ['an empty kubeconfig', { ORIEL_KUBECONFIG: kubeconfig('empty', '{}') }, /no current context/],
  ['a source without what it needs', { ORIEL_KUBERNETES: 'false', ORIEL_HUBBLE: 'http://' }, /sources\.0 \(hubble\)/],
])('refuses %s with what to change', (_, variables, message) =>
  expect(() => checkConfig(readConfig(variables, dir))).toThrow(message),
)

it('does not look at a kubeconfig that is not to be read', () =>
  expect(checkConfig(readConfig({ ORIEL_KUBERNETES: 'false', ORIEL_KUBECONFIG: join(dir, 'none') }, dir))).toEqual([]))

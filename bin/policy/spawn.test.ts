import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { folderOf, shop } from './testing'

const folder = folderOf(shop)
const oriel = (args: string) => {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}
const policy = 'node bin/oriel.mjs policy'

test('the process ends with what the command says', () => {
  const bad = folderOf({ 'a.yaml': 'kind: Pod' })
  const refused = oriel(`${policy} connections -f ${bad}`)
  expect(refused).toEqual({ status: 1, stdout: '', stderr: `${bad}/a.yaml, document 1, apiVersion: is required\n` })
  expect(oriel(`${policy} diff ${folder} ${bad} --exit-code`).status).toBe(2)
  const wrong = oriel(`${policy} explain -f ${folder} --from shop/web --to shop/db --port 0`)
  expect(wrong).toMatchObject({ status: 2, stdout: '' })
  expect(wrong.stderr).toMatch(/^error: option '--port <port>' argument '0' is invalid. It must be from 1 to 65535\./)
})

test('a reader that has seen enough ends it quietly, and manifests come through a pipe', () => {
  const { stdout, stderr } = oriel(
    `(cd ${folder} && cat app/workloads.yaml && echo --- && cat policies/db.yml) | ${policy} connections -f - -o csv | head -n 1`,
  )
  expect({ stdout, stderr }).toEqual({ stdout: 'from,to,connections,open\r\n', stderr: '' })
})

test('where nothing can be written, a pipeline is not told that connections differ', () => {
  const full = oriel(`${policy} diff ${folder} ${folder} --exit-code > /dev/full`)
  expect(full).toEqual({
    status: 2,
    stdout: '',
    stderr: 'error: standard output: ENOSPC: no space left on device, write\n',
  })
  const gone = oriel(`${policy} evaluate -f ${folder} --flows ${folder}/gone.jsonl`)
  expect(gone).toEqual({ status: 1, stdout: '', stderr: `${folder}/gone.jsonl: is not there\n` })
})

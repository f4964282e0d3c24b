import { expect, it, vi } from 'vitest'
import { AppError } from '@/server/errors'
import { endWith } from './end'
import { importFiles } from './import'

it('a command ends at once, whether its work was done or failed', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  const codes: number[] = []
  const exit = (code: number) => codes.push(code)
  await endWith(Promise.resolve(), exit)
  await endWith(Promise.reject(new AppError('invalid', 'It is empty.')), exit)
  expect(codes).toEqual([0, 1])
  expect(said.mock.calls).toEqual([['It is empty.']])
  said.mockRestore()
})

it.each([
  ['hubbel', 'package.json', /cannot import “hubbel”; it can import: hubble/],
  ['hubble', 'no-such-file', /^There is no file no-such-file\.$/],
  ['hubble', 'bin', /^bin is a folder; name the files in it\.$/],
])('an import of %s from %s is refused before a database is started', async (type, file, message) => {
  const config = '/nowhere/oriel.yaml'
  await expect(importFiles(type, [file], { config, cluster: 'default' })).rejects.toThrow(message)
})

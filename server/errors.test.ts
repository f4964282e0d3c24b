import { expect, it, vi } from 'vitest'
import { AppError } from './errors'
import { ParameterError, problemOf } from './problem'

it('knows an error of another bundle by what it is', async () => {
  vi.resetModules()
  const other = await import('./errors')
  const thrown: unknown = new other.AppError('not_found', 'There is none.')
  expect(other.AppError).not.toBe(AppError)
  expect(thrown instanceof AppError).toBe(true)
  expect(problemOf(thrown, 'r')).toMatchObject({ status: 404, detail: 'There is none.' })
  expect(thrown instanceof ParameterError).toBe(false)
  expect(new ParameterError([]) instanceof AppError).toBe(true)
  for (const none of [null, undefined, 'x', new Error('x'), {}]) expect(none instanceof AppError).toBe(false)
})

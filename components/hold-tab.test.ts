import { expect, it } from 'vitest'
import { createHold } from './hold-tab'

it('the browser asks while anything is held, once, and no longer', () => {
  const tab = new EventTarget()
  const hold = createHold(() => tab as unknown as Window)
  const asks = () => !tab.dispatchEvent(new Event('beforeunload', { cancelable: true }))
  expect(asks()).toBe(false)
  hold('team', true)
  hold('team', true)
  hold('token', true)
  expect(asks()).toBe(true)
  hold('team', false)
  expect(asks()).toBe(true)
  hold('token', false)
  hold('token', false)
  expect(asks()).toBe(false)
  hold('view', true)
  expect(asks()).toBe(true)
})

/** Works on items, at most `n` at once, and yields what comes out as it comes; waits while it is not taken. `work` must not throw. */
export async function* inPool<T, R>(items: Iterable<T>, n: number, work: (item: T) => Promise<R>): AsyncGenerator<R> {
  const done: R[] = []
  const running = new Set<Promise<void>>()
  for (const item of items) {
    const promise = work(item).then((result) => {
      done.push(result)
      running.delete(promise)
    })
    running.add(promise)
    if (running.size >= n) await Promise.race(running)
    yield* done.splice(0)
  }
  while (running.size > 0) {
    await Promise.race(running)
    yield* done.splice(0)
  }
  yield* done
}

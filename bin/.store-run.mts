const { bench } = await import(`/work/main/bin/bench/${process.argv[2]}.ts`)
const t = Date.now()
console.log(JSON.stringify(await bench.run(), null, 1))
console.log('took', Date.now() - t, 'ms')
export {}

'use client'

import { useCallback, useState } from 'react'
import { CanvasDots } from './canvas-dots'
import { useFastGl } from './gl-support'
import { MapCanvas } from './map-canvas'
import { MapGl } from './map-gl'
import type { RendererProps } from '../renderer'

/** A map of more nodes than SVG draws: by WebGL where a graphics card is there, else on a 2D canvas, with dots that run above. */
export function LargeMap(drawn: RendererProps) {
  const fastGl = useFastGl()
  const [lost, setLost] = useState(false)
  const onLost = useCallback(() => setLost(true), [])
  const { scene, emphasis, camera } = drawn
  return (
    <>
      {fastGl && !lost ? <MapGl {...drawn} onLost={onLost} /> : <MapCanvas {...drawn} />}
      <CanvasDots scene={scene} emphasis={emphasis} camera={camera} />
    </>
  )
}

'use client'

import { useLayoutEffect, useMemo, useRef } from 'react'
import type { Camera } from '../camera/camera'
import '../map.css'
import { useMotion } from '../canvas/motion'
import type { RendererProps } from '../renderer'
import { SvgEdge } from './svg-edge'
import { SvgNode } from './svg-node'
import { SvgPulses } from './svg-pulses'
import { SvgRegion } from './svg-region'
import type { SceneEdge } from '../scene/scene-parts'

const farZoom = 0.48

/** The map as SVG, for up to some 300 nodes. The camera moves one group's transform. */
export function MapSvg({ scene, emphasis, camera, captions, beat }: RendererProps) {
  const stage = useRef<SVGGElement>(null)
  const root = useRef<SVGSVGElement>(null)
  useLayoutEffect(() => {
    let last = ''
    const follow = ({ x, y, k }: Camera) => {
      stage.current?.setAttribute('transform', `translate(${x} ${y}) scale(${k})`)
      const unzoom = String(Math.round(Math.max(1, Math.min(1.35, 1 / k)) * 20) / 20)
      if (root.current && unzoom !== last) root.current.style.setProperty('--unzoom', unzoom)
      last = unzoom
      root.current?.setAttribute('data-zoom', k < farZoom ? 'far' : 'near')
    }
    follow(camera.get())
    return camera.subscribe(follow)
  }, [camera])

  // Later is on top: the faint under the grey, what speaks over both.
  const layers = useMemo(() => scene.edges.toSorted((a, b) => height(a) - height(b)), [scene.edges])
  const { lit, active, selected, second, focused, matched, dragging, pinned } = emphasis
  const motion = useMotion()
  const faded = (id: string) => lit !== null && !lit.has(id)
  return (
    <svg ref={root} className="absolute inset-0 size-full" aria-hidden="true">
      <g ref={stage}>
        {scene.regions.map((region) => (
          <SvgRegion key={region.id} region={region} faded={lit !== null} />
        ))}
        {layers.map((edge) => (
          <SvgEdge
            key={edge.id}
            edge={edge}
            faded={faded(edge.id)}
            selected={selected === edge.id || second === edge.id}
            active={active.has(edge.id)}
            walks={motion}
            caption={captions.get(edge.id) ?? ''}
          />
        ))}
        {dragging === null && motion && <SvgPulses edges={scene.edges} beat={beat} />}
        {scene.nodes.map((node) => (
          <SvgNode
            key={node.id}
            node={node}
            faded={faded(node.id)}
            selected={selected === node.id || second === node.id}
            pinned={pinned.has(node.id)}
            focused={focused === node.id}
            matched={matched.has(node.id)}
            dragging={dragging !== null}
          />
        ))}
      </g>
    </svg>
  )
}

const height = (edge: SceneEdge) => (edge.faint ? 0 : edge.tone === 'quiet' || edge.tone === 'unknown' ? 1 : 2)

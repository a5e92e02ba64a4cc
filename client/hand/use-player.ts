/** Plays a replay: how many steps are done, whether it runs and how fast. Pauses longer than a second are cut short. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type PlayedText, pauseBefore } from './played-text.ts';

export const speeds = [1, 4, 16, 64, 256] as const;
export type Speed = (typeof speeds)[number];

export type Player = {
  readonly done: number;
  readonly playing: boolean;
  readonly speed: Speed;
  /** Goes to so many steps and stays there. */
  readonly seek: (done: number) => void;
  /** Begins anew when it is at the end. */
  readonly toggle: () => void;
  readonly setSpeed: (speed: Speed) => void;
};

/** After the page has been out of sight no more than this is caught up with. */
const longestFrameMs = 250;

export function usePlayer({ steps }: PlayedText): Player {
  const [done, setDone] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(4);
  const total = steps.length;
  const now = useRef({ done, total, speed, steps });
  now.current = { ...now.current, total, speed, steps };

  useEffect(() => {
    if (!playing) return;
    let frame = 0;
    let before = performance.now();
    let owed = 0;
    const draw = (at: number) => {
      const state = now.current;
      owed += Math.min(longestFrameMs, at - before) * state.speed;
      before = at;
      let next = state.done;
      for (let pause = pauseBefore(state.steps, next); next < state.total && pause <= owed; ) {
        owed -= pause;
        next += 1;
        pause = pauseBefore(state.steps, next);
      }
      state.done = next;
      setDone(next);
      if (next >= state.total) setPlaying(false);
      else frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [playing]);

  const seek = useCallback((next: number) => {
    setPlaying(false);
    now.current.done = Math.max(0, Math.min(now.current.total, next));
    setDone(now.current.done);
  }, []);
  const toggle = useCallback(() => {
    if (now.current.done >= now.current.total) {
      now.current.done = 0;
      setDone(0);
    }
    setPlaying((before) => !before);
  }, []);
  return { done, playing, speed, seek, toggle, setSpeed };
}

/** Ctrl-C ends cleanly; a second one at once. */
export function interruptible(): { readonly stopped: () => boolean; readonly interrupted: Promise<void> } {
  let count = 0;
  let tell: () => void = () => undefined;
  const interrupted = new Promise<void>((told) => {
    tell = told;
  });
  const stop = () => {
    count += 1;
    if (count > 1) process.exit(130);
    tell();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return { stopped: () => count > 0, interrupted };
}

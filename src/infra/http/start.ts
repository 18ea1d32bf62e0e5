// Reports when a request is really written: it may have waited for a connection while the process was suspended.
import type { Dispatcher } from 'undici';

/** The same dispatcher, but `onStart` is called before each of its requests is written. */
export function withStartHook(dispatcher: Dispatcher, onStart: (() => void) | undefined): Dispatcher {
  if (onStart === undefined) return dispatcher;
  return dispatcher.compose(
    (dispatch) => (options, handler) =>
      dispatch(options, {
        onRequestStart: (controller, context) => {
          onStart();
          handler.onRequestStart?.(controller, context);
        },
        onRequestUpgrade: (...about) => handler.onRequestUpgrade?.(...about),
        onResponseStart: (...about) => handler.onResponseStart?.(...about),
        onResponseData: (...about) => handler.onResponseData?.(...about),
        onResponseEnd: (...about) => handler.onResponseEnd?.(...about),
        onResponseError: (...about) => handler.onResponseError?.(...about),
      }),
  );
}

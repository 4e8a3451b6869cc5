using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Laurel.Client;
using UnityEngine;

namespace Laurel.Unity
{
    /// <summary>The engine's time. Waits end in its loop, since timers need threads, which WebGL has not.</summary>
    public sealed class UnityClock : MonoBehaviour, ILaurelClock
    {
        private readonly List<(double Until, TaskCompletionSource<bool> Ended)> _waits = new List<(double, TaskCompletionSource<bool>)>();
        private static UnityClock _instance;

        /// <summary>The only one; made when it is first asked for, on the main thread.</summary>
        public static UnityClock Instance
        {
            get
            {
                if (_instance == null)
                {
                    var holder = new GameObject("Laurel clock") { hideFlags = HideFlags.HideAndDontSave };
                    DontDestroyOnLoad(holder);
                    _instance = holder.AddComponent<UnityClock>();
                }

                return _instance;
            }
        }

        /// <inheritdoc/>
        public DateTimeOffset Now => DateTimeOffset.UtcNow;

        /// <inheritdoc/>
        public async Task Delay(TimeSpan time, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            var ended = new TaskCompletionSource<bool>();
            _waits.Add((Time.realtimeSinceStartupAsDouble + time.TotalSeconds, ended));
            using (cancellation.Register(() => ended.TrySetCanceled(cancellation)))
            {
                await ended.Task;
            }
        }

        private void Update()
        {
            var now = Time.realtimeSinceStartupAsDouble;
            for (var i = _waits.Count - 1; i >= 0; i--)
            {
                var wait = _waits[i];
                if (wait.Until > now && !wait.Ended.Task.IsCompleted)
                {
                    continue;
                }

                _waits.RemoveAt(i);
                wait.Ended.TrySetResult(true);
            }
        }
    }
}

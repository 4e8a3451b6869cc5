using System.Threading.Tasks;
using Laurel.Client;
using UnityEngine;

namespace Laurel.Unity
{
    /// <summary>Keeps a queue in PlayerPrefs, which outlives restarts on every platform. On the main thread alone.</summary>
    public sealed class PlayerPrefsStorage : IScoreStorage
    {
        private readonly string _key;

        /// <param name="key">One for each queue.</param>
        public PlayerPrefsStorage(string key)
        {
            _key = key;
        }

        /// <inheritdoc/>
        public Task<string> ReadAsync()
        {
            return Task.FromResult(PlayerPrefs.GetString(_key, null));
        }

        /// <inheritdoc/>
        public Task WriteAsync(string text)
        {
            PlayerPrefs.SetString(_key, text);
            PlayerPrefs.Save();
            return Task.CompletedTask;
        }
    }
}

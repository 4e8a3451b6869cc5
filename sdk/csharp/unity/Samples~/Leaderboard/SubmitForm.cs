using System;
using System.Globalization;
using System.Threading.Tasks;
using Laurel.Client;
using UnityEngine;
using UnityEngine.UI;

namespace Laurel.Unity.Samples
{
    /// <summary>
    /// Submits a score under a name. Without a connection the score waits in the queue, also until the next start, and goes when the form is
    /// shown again.
    /// </summary>
    public sealed class SubmitForm : MonoBehaviour
    {
        [SerializeField] private string url = "http://127.0.0.1:5080";
        [SerializeField] private string tenant = "demo";
        [SerializeField] private string leaderboard = "arena";
        [SerializeField] private string key = "";
        [SerializeField] private InputField playerName = null;
        [SerializeField] private InputField score = null;
        [SerializeField] private Button submit = null;
        [SerializeField] private Text status = null;

        private LaurelClient _client;

        private async void Start()
        {
            _client = LaurelUnity.CreateClient(url, tenant, leaderboard, key);
            submit.onClick.AddListener(Submit);
            await FlushAsync();
        }

        private async void Submit()
        {
            if (!double.TryParse(score.text, NumberStyles.Float, CultureInfo.CurrentCulture, out var value))
            {
                status.text = "The score is a number.";
                return;
            }

            submit.interactable = false;
            try
            {
                var isQueued = await _client.Queue.AddAsync(new Score(PlayerId(), value) { Name = playerName.text });
                status.text = isQueued ? "Sending…" : "Too many scores wait for a connection.";
                await FlushAsync();
            }
            catch (Exception exception)
            {
                status.text = exception.Message;
            }
            finally
            {
                submit.interactable = true;
            }
        }

        private async Task FlushAsync()
        {
            var flushed = await _client.Queue.FlushAsync();
            foreach (var settled in flushed.Settled)
            {
                status.text = settled.Outcome.Ok ? "Rank " + settled.Outcome.Rank : settled.Outcome.Message ?? settled.Outcome.Label;
            }

            if (flushed.Trouble != null)
            {
                status.text = flushed.Remaining + " wait: " + flushed.Trouble.Message;
            }
        }

        /// <summary>One for this player on this machine.</summary>
        private static string PlayerId()
        {
            const string Name = "laurel-player";
            var id = PlayerPrefs.GetString(Name, "");
            if (id.Length == 0)
            {
                id = Guid.NewGuid().ToString("N");
                PlayerPrefs.SetString(Name, id);
            }

            return id;
        }
    }
}

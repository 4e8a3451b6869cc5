using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using Laurel.Client;
using UnityEngine;
using UnityEngine.UI;

namespace Laurel.Unity.Samples
{
    /// <summary>
    /// Shows the first places of a board, live. Put it on a prefab with a vertical layout group; the row is a child with three texts: rank,
    /// name and score.
    /// </summary>
    public sealed class LeaderboardList : MonoBehaviour
    {
        [SerializeField] private string url = "http://127.0.0.1:5080";
        [SerializeField] private string tenant = "demo";
        [SerializeField] private string leaderboard = "arena";
        [SerializeField] private string key = "";
        [SerializeField] private int places = 10;
        [SerializeField] private GameObject row = null;
        [SerializeField] private Text status = null;

        private readonly List<GameObject> _rows = new List<GameObject>();
        private CancellationTokenSource _closed;

        private async void OnEnable()
        {
            _closed = new CancellationTokenSource();
            var closed = _closed.Token;
            row.SetActive(false);
            var query = new LiveQuery { PageSize = places, ConnectionChanged = isThere => Say(isThere ? "" : "Connecting…") };
            try
            {
                await foreach (var update in LaurelUnity.CreateClient(url, tenant, leaderboard, key).FollowAsync(query, closed))
                {
                    Show(update.Rows);
                }
            }
            catch (OperationCanceledException)
            {
                // The list is not shown any more.
            }
            catch (LaurelException exception)
            {
                Say(exception.Message);
            }
        }

        private void OnDisable()
        {
            _closed.Cancel();
        }

        private void Show(IReadOnlyList<LiveRow> board)
        {
            while (_rows.Count < board.Count)
            {
                _rows.Add(Instantiate(row, row.transform.parent));
            }

            for (var i = 0; i < _rows.Count; i++)
            {
                _rows[i].SetActive(i < board.Count);
                if (i >= board.Count)
                {
                    continue;
                }

                var texts = _rows[i].GetComponentsInChildren<Text>(true);
                texts[0].text = board[i].Rank.ToString(CultureInfo.CurrentCulture);
                texts[1].text = board[i].Name ?? board[i].UserId;
                texts[2].text = board[i].Score.ToString("#,0.###", CultureInfo.CurrentCulture);
            }
        }

        private void Say(string text)
        {
            if (status != null)
            {
                status.text = text;
            }
        }
    }
}

using Laurel.Client;

namespace Laurel.Unity
{
    /// <summary>Makes clients that run in the engine's loop.</summary>
    public static class LaurelUnity
    {
        /// <summary>A client over UnityWebRequest whose queue is kept in PlayerPrefs. On the main thread alone.</summary>
        /// <param name="url">The server's address, such as <c>https://scores.example</c>.</param>
        /// <param name="tenant">Whose board.</param>
        /// <param name="leaderboard">The board's id.</param>
        /// <param name="key">A key of the tenant or the board. What ships with a game can be read by its players.</param>
        public static LaurelClient CreateClient(string url, string tenant, string leaderboard, string key)
        {
            return new LaurelClient(new LaurelClientOptions(url, tenant, leaderboard, key)
            {
                Transport = new UnityTransport(),
                Live = new ILiveTransport[] { new UnityEventStream() },
                Clock = UnityClock.Instance,
                Storage = new PlayerPrefsStorage("laurel-" + tenant + "-" + leaderboard),
            });
        }
    }
}

using Laurel.ApiFrontend.Live;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.SignalR;

namespace Laurel.ApiFrontend.Hubs;

/// <summary>What a caller of the hub is told that cannot have what it wants.</summary>
internal static class HubRefusals
{
    public static HubException Of(LiveRefusal refusal, LeaderboardKey board) => new(refusal switch
    {
        LiveRefusal.NotFound => NotFound(board),
        LiveRefusal.Archived => Archived(board),
        LiveRefusal.Full => "There are as many viewers as this server takes; try again later",
        _ => Unavailable,
    });

    public static HubException Of(LiveEnd end, LeaderboardKey board) => new(TextOf(end, board));

    public static string TextOf(LiveEnd end, LeaderboardKey board) => end switch
    {
        LiveEnd.NotFound => NotFound(board),
        LiveEnd.Archived => Archived(board),
        LiveEnd.KeyRevoked => "The key has been revoked",
        _ => Unavailable,
    };

    public const string Unavailable = "The leaderboard cannot be followed now; subscribe again";

    private static string NotFound(LeaderboardKey board) => $"Leaderboard '{board.Board}' does not exist";

    private static string Archived(LeaderboardKey board) => $"Leaderboard '{board.Board}' is archived: only its snapshots can be read";
}

using Laurel.GrainInterfaces;
using Laurel.Grains;

namespace Laurel.Standalone;

/// <summary>Which class is which grain.</summary>
public static class GrainFactories
{
    /// <summary>How to make each kind of grain, by its plain interface.</summary>
    public static IReadOnlyDictionary<Type, Func<ActivationContext, IActivation>> All { get; } =
        new Dictionary<Type, Func<ActivationContext, IActivation>>
        {
            [typeof(IApiKey)] = static context => new ApiKey(context),
            [typeof(IDirectory)] = static context => new Laurel.Grains.Directory(context),
            [typeof(IEventIntake)] = static context => new EventIntake(context),
            [typeof(ILeaderboard)] = static context => new Leaderboard(context),
            [typeof(IPlayers)] = static context => new Players(context),
            [typeof(IPublicId)] = static context => new PublicId(context),
            [typeof(IRateLimit)] = static context => new RateLimit(context),
            [typeof(IScheduler)] = static context => new Scheduler(context),
            [typeof(ISeason)] = static context => new Season(context),
            [typeof(ISnapshots)] = static context => new Snapshots(context),
            [typeof(ITeam)] = static context => new Team(context),
            [typeof(ITenant)] = static context => new Tenant(context),
            [typeof(ITickets)] = static context => new Tickets(context),
            [typeof(ITokenKey)] = static context => new TokenKey(context),
            [typeof(IUsage)] = static context => new Usage(context),
        };
}

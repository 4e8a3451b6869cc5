using Laurel.GrainInterfaces;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Laurel.ApiFrontend.Live;

/// <summary>What following boards needs.</summary>
internal sealed class LiveServices(
    IGrainPort port, IFeed feed, BoardRoutes routes, TimeProvider clock, IOptions<FrontendOptions> options, ILogger<LiveBoards> log)
{
    public IGrainPort Port => port;

    public IFeed Feed => feed;

    public BoardRoutes Routes => routes;

    public TimeProvider Clock => clock;

    public FrontendOptions Options { get; } = options.Value;

    public ILogger Log => log;
}

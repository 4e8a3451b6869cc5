using System.Threading.Channels;
using Laurel.GrainInterfaces;

namespace Laurel.Grains.Tests.Seasons;

/// <summary>A players register that answers seasons when the test says so.</summary>
internal sealed class HeldRegister
{
    private readonly Channel<Question> _questions = Channel.CreateUnbounded<Question>();

    public IReadOnlyDictionary<Type, Func<ActivationContext, IActivation>> Factories => new Dictionary<Type, Func<ActivationContext, IActivation>>(Standalone.GrainFactories.All)
    {
        [typeof(IPlayers)] = _ => new Part(_questions.Writer),
    };

    /// <summary>The next question a season asks.</summary>
    public Task<Question> NextAsync() => _questions.Reader.ReadAsync().AsTask();

    /// <summary>A question under way.</summary>
    internal sealed record Question(ResolveSubjects Request)
    {
        private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Answered => _answered.Task;

        /// <summary>Says of each subject that it is not registered.</summary>
        public void Answer() => _answered.SetResult();
    }

    private sealed class Part(ChannelWriter<Question> questions) : IPlayers, IActivation
    {
        public Task LoadAsync() => Task.CompletedTask;

        public Task UnloadAsync() => Task.CompletedTask;

        public async Task<SubjectFactsOutcome> ResolveAsync(ResolveSubjects request)
        {
            var question = new Question(request);
            questions.TryWrite(question);
            await question.Answered;
            return new(OutcomeStatus.Ok, [.. request.UserIds.Select(static id => new SubjectFacts(id, false, false, null, 0))]);
        }

        public Task<PlayersOutcome> PutAsync(PutPlayers request) => throw new NotSupportedException();

        public Task<PlayersOutcome> GetAsync(GetPlayer request) => throw new NotSupportedException();

        public Task<PlayersOutcome> EraseAsync(ErasePlayer request) => throw new NotSupportedException();
    }
}

// Runs the programs of programs.h in an event loop with a clock that jumps.
#include "shape/timeline.h"

#include <algorithm>
#include <cstdio>
#include <deque>
#include <map>

#include "shape/programs.h"

namespace asyncport::shape {

using facts::Facts;

namespace {

class Loop {
 public:
  Loop(std::vector<Program> programs, bool is_js)
      : programs_(std::move(programs)), is_js_(is_js), tasks_(programs_.size()) {
    unit_ = Unit();
  }

  Timeline Run() {
    for (const Program& program : programs_)
      timeline_.lanes.push_back({program.name, 0, 0, false, {}});
    tasks_[0].begun = true;
    ready_.push_back(0);
    while (!ready_.empty() || !timers_.empty()) {
      if (ready_.empty()) now_ = std::max(now_, timers_.begin()->first.first);
      Expire();
      if (ready_.empty()) continue;
      const std::size_t task = ready_.front();
      ready_.pop_front();
      RunTask(task);
      // asyncio.run cancels what is left when its coroutine ends.
      if (!is_js_ && tasks_[0].done) break;
    }
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      if (tasks_[i].done || !tasks_[i].begun) continue;
      Lane& lane = timeline_.lanes[i];
      CloseWait(i);
      lane.end = now_;
      lane.cancelled = true;
    }
    timeline_.total = now_;
    std::vector<Lane> shown;
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      if (tasks_[i].begun) shown.push_back(std::move(timeline_.lanes[i]));
    }
    timeline_.lanes = std::move(shown);
    return std::move(timeline_);
  }
  double unit() const { return unit_; }

 private:
  struct Task {
    std::size_t at = 0;
    bool begun = false;
    bool done = false;
    bool waiting = false;
    double since = 0;
    double ready_since = -1;
    std::string what;
    std::vector<std::size_t> joined;
    bool first = false;
    std::vector<std::pair<double, std::size_t>> limits;  // deadline, where to go on
    std::uint64_t wait = 0;                              // which wait a timer belongs to
  };

  // What stands for an unknown duration: the middle one of the known.
  double Unit() const {
    std::vector<double> known;
    for (const Program& program : programs_) {
      for (const Step& step : program.steps) {
        if ((step.kind == Step::kWait || step.kind == Step::kBlock) && step.seconds > 0)
          known.push_back(step.seconds);
      }
    }
    if (known.empty()) return 1;
    std::sort(known.begin(), known.end());
    return known[known.size() / 2];
  }

  double Seconds(const Step& step) const { return step.seconds < 0 ? unit_ : step.seconds; }

  void Expire() {
    while (!timers_.empty() && timers_.begin()->first.first <= now_ + 1e-9) {
      const auto [key, target] = *timers_.begin();
      timers_.erase(timers_.begin());
      Task& task = tasks_[target.first];
      if (task.done || !task.waiting || task.wait != target.second) continue;
      // A deadline came first.
      if (!task.limits.empty() && key.first + 1e-9 >= task.limits.back().first) {
        task.at = task.limits.back().second;
        task.limits.pop_back();
      }
      Wake(target.first, key.first);
    }
  }

  void CloseWait(std::size_t id) {
    Task& task = tasks_[id];
    const double end = task.ready_since >= 0 ? task.ready_since : now_;
    if (task.waiting || task.ready_since >= 0) {
      if (end > task.since)
        timeline_.lanes[id].segments.push_back({State::kWaiting, task.since, end, task.what});
      if (task.ready_since >= 0 && now_ > task.ready_since) {
        timeline_.lanes[id].segments.push_back({State::kReady, task.ready_since, now_, ""});
      }
    }
    task.waiting = false;
    task.ready_since = -1;
  }

  void Wake(std::size_t id, double when) {
    Task& task = tasks_[id];
    task.waiting = false;
    task.ready_since = when;
    ++task.wait;
    ready_.push_back(id);
  }

  void Wait(std::size_t id, std::string what, double until) {
    Task& task = tasks_[id];
    task.waiting = true;
    task.since = now_;
    task.what = std::move(what);
    ++task.wait;
    double when = until;
    if (!task.limits.empty() && (when < 0 || task.limits.back().first < when))
      when = task.limits.back().first;
    if (when >= 0) timers_.emplace(std::pair{when, order_++}, std::pair{id, task.wait});
  }

  bool Joined(const Task& task) const {
    const auto done = [&](std::size_t id) { return tasks_[id].done; };
    if (task.first && !task.joined.empty())
      return std::any_of(task.joined.begin(), task.joined.end(), done);
    return std::all_of(task.joined.begin(), task.joined.end(), done);
  }

  void RunTask(std::size_t id) {
    Task& task = tasks_[id];
    Lane& lane = timeline_.lanes[id];
    if (task.at == 0 && lane.segments.empty() && task.ready_since < 0) lane.start = now_;
    if (task.ready_since >= 0 && !task.waiting && task.what.empty() && task.at == 0) {
      if (now_ > task.ready_since)
        lane.segments.push_back({State::kReady, task.ready_since, now_, ""});
      task.ready_since = -1;
    } else {
      CloseWait(id);
    }
    lane.segments.push_back({State::kRunning, now_, now_, ""});
    const std::vector<Step>& steps = programs_[id].steps;
    while (task.at < steps.size()) {
      const Step& step = steps[task.at++];
      switch (step.kind) {
        case Step::kBlock:
          lane.segments.push_back({State::kRunning, now_, now_ + Seconds(step), step.what});
          now_ += Seconds(step);
          timeline_.one_by_one += Seconds(step);
          continue;
        case Step::kWait:
          timeline_.one_by_one += Seconds(step);
          return Wait(id, step.what, now_ + Seconds(step));
        case Step::kSpawn: {
          const std::size_t made = step.tasks[0];
          tasks_[made].begun = true;
          timeline_.lanes[made].start = now_;
          // JavaScript runs it at once, up to its first await; asyncio when it gets to it.
          if (is_js_) {
            RunTask(made);
          } else {
            tasks_[made].ready_since = now_;
            ready_.push_back(made);
          }
          continue;
        }
        case Step::kJoin:
          task.joined = step.tasks;
          task.first = step.first;
          if (Joined(task)) continue;
          return Wait(id, step.what, -1);
        case Step::kLimit:
          task.limits.emplace_back(now_ + Seconds(step), step.target);
          continue;
        case Step::kUnlimit:
          if (!task.limits.empty()) task.limits.pop_back();
          continue;
      }
    }
    task.done = true;
    lane.end = now_;
    for (std::size_t other = 0; other < tasks_.size(); ++other) {
      Task& waiter = tasks_[other];
      if (waiter.waiting && !waiter.joined.empty() && Joined(waiter) &&
          std::find(waiter.joined.begin(), waiter.joined.end(), id) != waiter.joined.end()) {
        waiter.joined.clear();
        Wake(other, now_);
      }
    }
  }

  std::vector<Program> programs_;
  bool is_js_;
  std::vector<Task> tasks_;
  std::deque<std::size_t> ready_;
  std::map<std::pair<double, std::uint64_t>, std::pair<std::size_t, std::uint64_t>> timers_;
  std::uint64_t order_ = 0;
  double now_ = 0;
  double unit_ = 1;
  Timeline timeline_;
};

}  // namespace

std::string_view NameOf(State state) {
  static constexpr std::string_view kNames[] = {"running", "waiting", "ready"};
  return kNames[static_cast<std::size_t>(state)];
}

Timeline Simulate(const Facts& facts) {
  Programs compiled = CompilePrograms(facts);
  Loop loop(std::move(compiled.programs), facts.tree().language() == Language::kJs);
  Timeline timeline = loop.Run();
  timeline.assumed = std::move(compiled.assumed);
  if (!timeline.assumed.empty()) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%g", loop.unit());
    timeline.assumed.push_back("one unit is " + std::string(buffer) + " s");
  }
  return timeline;
}

}  // namespace asyncport::shape
